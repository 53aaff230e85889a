package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SigningKey;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety patch rollback}: brings back what was before a patch. */
@Command(
    name = "rollback",
    description = {
      "Bring back what was before a patch.",
      "One that is under way is aborted; of one that is complete, a new patch is made that undoes it."
    },
    footer = {"%nExample:", "  jiggety patch rollback 20261121-100000-0a1b2c3d4e"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PatchRollbackCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Mixin private KeyOption key;
  @Mixin private PatchOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "The patch, or a rollout of it.")
  private String id;

  @Option(names = "--no-wait", description = "Only hand it in.")
  private boolean noWait;

  @Override
  public Integer call() {
    SigningKey mine = key.openForPatches();
    PrintWriter out = spec.commandLine().getOut();
    try (Hub open = hub.open()) {
      PatchRepository patches = new CouchRepositories(open, hub.names()).patches();
      Rollout rollout = PatchWatch.find(patches, id);
      if (!rollout.state().isTerminal()) {
        String reason = options.comment == null ? "" : options.comment;
        return PatchActs.report(
            PatchActs.send(patches, rollout.id(), Cause.Act.ABORT, reason, mine),
            spec,
            options.json);
      }
      if (rollout.state() != RolloutState.COMPLETED) {
        throw new CliException(
            ExitCode.BAD,
            "there is nothing to bring back: " + id + " is " + rollout.state().label());
      }
      List<Change> changes = reverse(patches, rollout);
      if (changes.isEmpty()) {
        throw new CliException(ExitCode.BAD, "there is nothing to bring back: it changed nothing");
      }
      return new Submission(patches, mine, options, out, spec.commandLine().getErr())
          .submit(changes, "rollback of " + id, !noWait);
    }
  }

  /** What undoes the patch; where a ride is named, all that rode. */
  private List<Change> reverse(PatchRepository patches, Rollout rollout) {
    Configuration before =
        patches
            .before(rollout.id())
            .orElseThrow(() ->
                new CliException(
                    ExitCode.BAD,
                    "the hub does not know what was before " + id + "; edit the tests instead"));
    List<String> wanted = rollout.patchIds().contains(id) ? List.of(id) : rollout.patchIds();
    List<Change> changes = new ArrayList<>();
    for (String patchId : wanted) {
      Patch patch =
          patches
              .find(patchId)
              .orElseThrow(() ->
                  new CliException(ExitCode.BAD, "the hub has no patch " + patchId + " any more"));
      changes.addAll(patch.changes());
    }
    return Digests.reverse(before, changes);
  }
}
