/** Which file is which: identities, bookmarks, and where reading goes on. Pure, but for reading a few bytes of a candidate. */
package io.tailrace.connect.filetail.tail.identify;
