"""Values that may vanish at any time: in this process, or in Redis when there is one."""
