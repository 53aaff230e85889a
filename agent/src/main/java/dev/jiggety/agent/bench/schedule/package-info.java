/** How late the runs of a whole node begin, and whether every slot is accounted for. */
@NullMarked
package dev.jiggety.agent.bench.schedule;

import org.jspecify.annotations.NullMarked;
