/** Records that no document can be made of, or whose document is refused for what is in it. */
package io.tailrace.connect.elasticsearch.malformed;
