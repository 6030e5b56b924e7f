"""Pages of daily work beside search and office: uploads, files in containers, saved searches, statistics."""
