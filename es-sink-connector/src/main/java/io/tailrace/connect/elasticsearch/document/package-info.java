/** From a record's value and metadata header to the bytes of one document. */
package io.tailrace.connect.elasticsearch.document;
