/** How much happened, and how far things have got: counters and snapshots of them. Pure: time is passed in. */
package io.tailrace.connect.filetail.tail.measure;
