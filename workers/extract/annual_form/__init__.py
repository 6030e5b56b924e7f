"""Annual reports of disclosure work into the cells of their form, whatever file they came from."""
