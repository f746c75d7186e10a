"""Fault drills on the running product: processes killed, disks that fail, many clocks. They print counts.

Not part of `make test`: they take minutes, need strace for some, and end everything they start. What is proved here
cannot be proved inside one process.
"""
