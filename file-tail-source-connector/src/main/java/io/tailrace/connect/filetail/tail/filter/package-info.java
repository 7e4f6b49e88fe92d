/** Which lines are wanted. Pure. */
package io.tailrace.connect.filetail.tail.filter;
