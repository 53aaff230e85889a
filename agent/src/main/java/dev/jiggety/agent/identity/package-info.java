/**
 * Who a node is: what it got when it was enrolled, in files of its data folder for its owner alone.
 * Enrolment writes it, the node reads it when it starts. Knows files, and nothing of hubs.
 */
@NullMarked
package dev.jiggety.agent.identity;

import org.jspecify.annotations.NullMarked;
