package dev.jiggety.repository;

import dev.jiggety.model.HubRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who may do what in each database: the very lines of the table in docs/operations/rights.md. What
 * no line allows is forbidden, and tried as well.
 */
final class RightsTable {
  /** A database, something that is done there, and who may. */
  record Row(String database, String what, Set<HubRole> allowed) {}

  /** The columns, in their order. */
  private static final List<HubRole> COLUMNS = List.of(HubRole.values());

  /** As in the page. */
  static final String TEXT =
      """
      | database | what | viewer | operator | approver | release | manager | node | guest |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- |
      | `config` | read | yes | yes | yes | yes | yes | yes | |
      | `config` | write `test:`, `key:`, `strategy:`, `window:`, `channel:`, `policy:`, `secret:`, `sealer:` | | | | | yes | | |
      | `config` | write `head`, `candidate`, `trials`, `settings`, `agent`, `secrets` | | | | | yes | | |
      | `config` | delete anything | | | | | yes | | |
      | `patches` | read | yes | yes | yes | yes | yes | | |
      | `patches` | hand in a `patch:` of tests | | yes | | | yes | | |
      | `patches` | hand in a `patch:` of `agent` alone | | | | yes | yes | | |
      | `patches` | hand in a `patch:` of both | | | | | yes | | |
      | `patches` | command `approve`, `deny` | | yes | yes | | yes | | |
      | `patches` | command `pause`, `resume`, `abort`, `rollback`, `cancel`, `retry`, `skip` | | yes | | yes | yes | | |
      | `patches` | hand in a `trial:`, a `deposit:` | | yes | | | yes | | |
      | `patches` | hand in under another name | | | | | | | |
      | `patches` | record: `rollout:`, `answer:`, `before:`, `audit:`, `line` | | | | | yes | | |
      | `patches` | change a `rollout:` | | | | | yes | | |
      | `patches` | change what was handed in or recorded once | | | | | | | |
      | `patches` | delete a `trial:`, a `deposit:` | | | | | yes | | |
      | `patches` | delete anything else | | | | | | | |
      | `status` | read | yes | yes | yes | yes | yes | yes | |
      | `status` | write `node:` of the own name | | | | | | yes | |
      | `status` | write `node:` of another name | | | | | | | |
      | `status` | write `trial-answer:` of the own name | | | | | yes | yes | |
      | `status` | write `trial-answer:` of another name | | | | | yes | | |
      | `status` | change a `trial-answer:` | | | | | | | |
      | `status` | write `manager:` | | | | | yes | | |
      | `status` | write `log:` of the own name | | | | | | yes | |
      | `status` | write `log:` of another name | | | | | | | |
      | `status` | write `log:manager:` | | | | | yes | | |
      | `status` | write `hub:` | | | | | | | |
      | `status` | delete `node:`, `trial-answer:`, `log:` | | | | | yes | | |
      | `live` | read | yes | yes | yes | yes | yes | yes | |
      | `live` | deliver a `batch:` of the own name | | | | | | yes | |
      | `live` | deliver a `batch:` of another name | | | | | | | |
      | `live` | change or delete a `batch:` | | | | | | | |
      | `archive` | read | yes | yes | yes | yes | yes | yes | |
      | `archive` | deliver a `pack:`, a `day:` of the own name | | | | | | yes | |
      | `archive` | deliver a `pack:`, a `day:` of another name | | | | | | | |
      | `archive` | change or delete a `pack:`, a `day:` | | | | | | | |
      | `incidents` | read | yes | yes | yes | yes | yes | | |
      | `incidents` | say an `act:`, a `request:` | | yes | | | yes | | |
      | `incidents` | say one under another name | | | | | | | |
      | `incidents` | record an `incident:`, a `notice:`, a `dropped:` | | | | | yes | | |
      | `incidents` | change an `incident:` | | | | | yes | | |
      | `incidents` | change an `act:` | | | | | | | |
      | `incidents` | delete anything | | | | | | | |
      | `enrolment` | read | | yes | | | yes | | yes |
      | `enrolment` | order an `invitation:`, a `dismissal:` | | yes | | | | | |
      | `enrolment` | order one under another name | | | | | | | |
      | `enrolment` | ask with the own invitation: `join:` | | | | | | | yes |
      | `enrolment` | ask with another's | | | | | | | |
      | `enrolment` | write an `admission:`, a `member:` | | | | | yes | | |
      | `enrolment` | change a `member:`, an open `admission:` | | | | | yes | | |
      | `enrolment` | change an `invitation:`, a `join:`, a `dismissal:`, an `admission:` that has ended | | | | | | | |
      | `enrolment` | delete an `invitation:`, a `join:`, an `admission:` | | | | | yes | | |
      | `enrolment` | delete a `member:`, a `dismissal:` | | | | | | | |
      | `bundles` | read | yes | yes | yes | yes | yes | yes | |
      | `bundles` | publish a `release:`, a `part:` | | | | yes | | | |
      | `bundles` | change one | | | | | | | |
      | `bundles` | delete one | | | | yes | | | |
      | all | administer: rules, members, limits, purge, drop, make, accounts, replications | | | | | | | |
      """;

  private RightsTable() {}

  /** Its rows. */
  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String line : TEXT.lines().skip(2).toList()) {
      List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      Set<HubRole> allowed = EnumSet.noneOf(HubRole.class);
      for (HubRole role : COLUMNS) {
        if (cells.get(3 + COLUMNS.indexOf(role)).equals("yes")) {
          allowed.add(role);
        }
      }
      rows.add(new Row(cells.get(1).replace("`", ""), cells.get(2), allowed));
    }
    return rows;
  }
}
