package dev.jiggety.model;

import dev.jiggety.base.HostAndPort;
import java.time.Duration;
import java.util.List;

/**
 * What holds for the whole installation; the one document {@code settings}. Any value can be built;
 * {@code model.rules.SettingsRules} says what is wrong with it.
 *
 * @param references where a node that cannot reach a site looks whether it reaches anything at all:
 *     host and port each; empty for none, then every failure of the network counts as the site's
 * @param liveFor how long single results are kept, at least a week
 * @param archiveFor how long packs are kept, at least a month
 * @param diskBudget how many bytes all results may take on the hub; 0 for no limit
 * @param certificateDays how many days before a certificate ends people are told, each time once;
 *     the largest first
 */
public record Settings(
    List<HostAndPort> references,
    Duration liveFor,
    Duration archiveFor,
    long diskBudget,
    List<Integer> certificateDays) {

  /**
   * What holds where nobody wrote settings: two weeks, thirteen months, no limit, no references.
   */
  public static final Settings DEFAULT =
      new Settings(List.of(), Duration.ofDays(14), Duration.ofDays(396), 0, List.of(21, 7, 1));

  public Settings {
    references = List.copyOf(references);
    certificateDays = List.copyOf(certificateDays);
  }
}
