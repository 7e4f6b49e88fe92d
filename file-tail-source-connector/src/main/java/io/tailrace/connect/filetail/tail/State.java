package io.tailrace.connect.filetail.tail;

/**
 * What a stream does with its file.
 *
 * <pre>
 *            file found                      another file at the path, or none
 *   NOTHING ───────────▶ READING (followed) ──────────────────────────────────▶ READING (left behind)
 *      ▲                   ▲    ▲   │ other bytes than were read                   │ read to its end,
 *      │                   │    │   ▼                                              ▼ nothing new for rotate.wait
 *      │                   │    └─ CHANGED ── a copy has the rest ──▶ (copy) ──▶ DONE
 *      │                   └───────── successor, or the file at the path ──────────┤
 *      └──────────────────────────────── neither ──────────────────────────────────┘
 * </pre>
 */
enum State {
    NOTHING,
    READING,
    CHANGED,
    DONE
}
