/**
 * The command line: one class a subcommand, and what they share (options for a hub, tables, errors
 * in one line, exit codes). Wires roles and ports together and decides nothing itself.
 */
@NullMarked
package dev.jiggety.agent.cli;

import org.jspecify.annotations.NullMarked;
