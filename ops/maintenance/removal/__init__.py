"""What was removed stays away and leaves nothing: marks for restores, purges, artefacts nobody refers to."""
