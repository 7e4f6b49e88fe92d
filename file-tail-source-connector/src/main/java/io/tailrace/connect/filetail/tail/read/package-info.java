/** Opens files safely and reads lines out of them, with positions that are exact to the byte. */
package io.tailrace.connect.filetail.tail.read;
