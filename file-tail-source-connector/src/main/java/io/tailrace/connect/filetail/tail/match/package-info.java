/** Regular expressions with a limit on what they may cost, so that no pattern and no line can hold up a task. */
package io.tailrace.connect.filetail.tail.match;
