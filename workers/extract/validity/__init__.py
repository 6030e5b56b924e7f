"""Statements of a document on the validity of others: 同时废止, 宣布失效, 停止执行, 修改, 继续有效."""
