/** What may be committed: nothing past the first record that isn't settled. */
package io.tailrace.connect.elasticsearch.offsets;
