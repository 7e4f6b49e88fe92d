/** From a record to the name of the index that its document goes to. */
package io.tailrace.connect.elasticsearch.target;
