/** From a record to the id of its document. */
package io.tailrace.connect.elasticsearch.id;
