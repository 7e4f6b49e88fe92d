/** From keys that change to entries in force: what is read, refused, remembered and, after a pause, applied. */
package io.tailrace.connect.filetail.watch;
