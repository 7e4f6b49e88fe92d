/** Which task collects which entry, and what each task is told. */
package io.tailrace.connect.filetail.assign;
