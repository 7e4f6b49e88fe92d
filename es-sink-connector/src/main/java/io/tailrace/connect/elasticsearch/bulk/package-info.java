/** Operations, the batches they travel in, and the bodies of bulk requests. */
package io.tailrace.connect.elasticsearch.bulk;
