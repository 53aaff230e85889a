/**
 * Copies of what a role keeps on its disk, made while it runs, and how they are brought back. Knows
 * the files of the roles and nothing else of them.
 */
@NullMarked
package dev.jiggety.agent.backup;

import org.jspecify.annotations.NullMarked;
