/** The pure stages of both connectors, one by one, under JMH. Each score is for one line or document. */
package io.tailrace.benchmarks.stages;
