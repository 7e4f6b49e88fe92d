/** Following keys: what is known of them, the watch that keeps it current, and telling the subscribers. */
package io.tailrace.connect.etcd.watch;
