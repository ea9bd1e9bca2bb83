"""The figures of Home, each with what stands behind it. Plain Python: they are painted first of all."""
