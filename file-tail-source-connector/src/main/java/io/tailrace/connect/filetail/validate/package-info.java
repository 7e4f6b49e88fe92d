/** A command that says what is wrong with a list of entries before anybody puts it into etcd. */
package io.tailrace.connect.filetail.validate;
