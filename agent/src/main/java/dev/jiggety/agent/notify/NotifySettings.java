package dev.jiggety.agent.notify;

import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.base.Backoff;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What telling people needs of the machine.
 *
 * @param secrets those that channels refer to
 * @param commands the folder of the programs that channels may run; need not be there
 * @param pace how long is waited when a channel does not work
 * @param giveUp after how long a notice is given up that could not be sent
 * @param refusals after how many refusals one is given up, at least 1
 */
public record NotifySettings(
    Secrets secrets, Path commands, Backoff pace, Duration giveUp, int refusals) {

  /** Five seconds to ten minutes, for a day; five refusals. */
  public static NotifySettings of(Secrets secrets, Path commands) {
    return new NotifySettings(
        secrets,
        commands,
        new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(10)),
        Duration.ofDays(1),
        5);
  }

  /** The same with secrets from elsewhere. */
  public NotifySettings withSecrets(Secrets others) {
    return new NotifySettings(others, commands, pace, giveUp, refusals);
  }
}
