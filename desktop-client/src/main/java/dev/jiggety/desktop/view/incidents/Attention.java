package dev.jiggety.desktop.view.incidents;

import dev.jiggety.desktop.session.IncidentDesk.Waiting;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who looks after an incident and whether people are told of it, as far as it is known here: what
 * was said counts at once, though a manager may not have written it into the incident yet.
 *
 * @param by who looks after it; null for nobody
 * @param muted whether nobody is to be told any more
 */
record Attention(@Nullable String by, boolean muted) {

  static Attention of(
      Incident incident, Collection<IncidentAct> acts, Collection<Waiting> waiting) {
    String by = incident.acknowledged() == null ? null : incident.acknowledged().by();
    boolean muted =
        incident.suppressed() != null
            && incident.suppressed().reason() == Incident.Suppression.Reason.MUTED;
    Stream<IncidentAct> all =
        Stream.concat(
            acts.stream(), waiting.stream().filter(it -> !it.isRefused()).map(Waiting::act));
    for (IncidentAct act : all.sorted(Comparator.comparing(IncidentAct::at)).toList()) {
      switch (act.act()) {
        case ACKNOWLEDGE -> by = act.by();
        case UNACKNOWLEDGE -> by = null;
        case MUTE -> muted = true;
        case COMMENT -> {}
      }
    }
    return new Attention(by, muted);
  }
}
