"""Projects and tags as a whole. They are words on tasks: to rename one is to change the tasks that hold it."""
