/** How much may be sent when. Pure: time is passed in. */
package io.tailrace.connect.filetail.tail.limit;
