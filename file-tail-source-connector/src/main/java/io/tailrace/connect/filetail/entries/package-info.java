/**
 * What to collect: the entries that operators write, read strictly, checked, merged and written canonically.
 * Nothing here reads a file, a clock or a server.
 */
package io.tailrace.connect.filetail.entries;
