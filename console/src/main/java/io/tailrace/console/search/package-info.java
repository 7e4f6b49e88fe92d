/** What has arrived: documents in Elasticsearch or OpenSearch, looked for within limits of time and size. */
package io.tailrace.console.search;
