/** What a key's text means as configuration data. */
package io.tailrace.connect.etcd.value;
