/** What Connect can't remember, since it saves offsets only with records: kept in files of this host. */
package io.tailrace.connect.filetail.tail.local;
