/**
 * The whole system on one machine: real servers, the plugins from their zips, sample logs, and a proof that lines become
 * documents.
 */
package io.tailrace.quickstart;
