"""What a guide (指南) and a catalogue (目录) of disclosure must hold by 条例第十二条: thirteen items."""
