/** Which files there are: globs, directory listings, and the names that rotation gives. */
package io.tailrace.connect.filetail.tail.scan;
