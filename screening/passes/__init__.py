"""A book that no memory holds, screened in passes over parts of it that stand on disk.

    pieces   of the files, cut in order          (io/pieces.py)
    reading  a piece becomes a batch             -> typed, cells, rejects, identity of each row
    binding  which rows are told again or replaced, over all batches
    meeting  where several work: what names and texts that come again and again tell, found out once
    judging  what a row says by itself           -> truths of match rules; rows dealt for rules over time
    looking  what holds over time, bucket by bucket of each shuffle
    deciding each row's outcome                  -> the rows to show, and what they must rest on
    resting  the earlier shipments behind findings over time
    writing  the rows to show, with their evidence, as JSON lines

What batches and looks tell each other is put in the other's order in between (turning.py).

Each pass is a function of a part and of what stands before it, so any process may do it, in any order,
and what was done before a run was cut off is not done again.
"""
