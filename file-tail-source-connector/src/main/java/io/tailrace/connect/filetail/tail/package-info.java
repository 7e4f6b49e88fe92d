/**
 * The tailer: from files to source records. Data goes one way: scan → identify → read → frame → filter → limit → record,
 * a package each. What is in this package only connects them.
 */
package io.tailrace.connect.filetail.tail;
