/** Lists of entries: which keys have them, whether they are good, what a change of one means, and changing them. */
package io.tailrace.console.entries;
