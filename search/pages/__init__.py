"""The pages for people: server-rendered, in Chinese, complete without scripts, nothing loaded from elsewhere."""
