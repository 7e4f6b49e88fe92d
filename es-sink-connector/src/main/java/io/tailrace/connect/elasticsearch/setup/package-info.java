/** What is put on the server before the first document. */
package io.tailrace.connect.elasticsearch.setup;
