/** What an answer means, told by status and error type, never by the text of a message. */
package io.tailrace.connect.elasticsearch.outcome;
