/** etcd, as the console needs it: reading, listing and writing in transactions. */
package io.tailrace.console.store;
