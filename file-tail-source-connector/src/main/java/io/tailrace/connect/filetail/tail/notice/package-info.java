/** How a task hears at once that something happens in a directory, where the system can tell. */
package io.tailrace.connect.filetail.tail.notice;
