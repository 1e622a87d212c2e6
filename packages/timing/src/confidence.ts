/** How sure a scan wants to be of silence. */
export interface ConfidenceGoal {
	/** Chance for a port not to be called silent by mistake; 0 ≤ confidence < 1. */
	readonly confidence: number;
	readonly maxRetries: number;
}

/** What is known of a host when its silent ports are judged. */
export interface SilenceEvidence {
	/** Ports of the host, and how many of them answered so far. */
	readonly ports: number;
	readonly answered: number;
	/** Chance that a try to an answering port goes unanswered. */
	readonly loss: number;
}

/** A host of which no port answered may still have one: half a port stands for that. */
const UNSEEN_PORTS = 0.5;

/**
 * Ports of a host that would have answered and are called silent after `tries` tries each: of the ports that answer,
 * those of which every try was lost.
 */
export const expectedMissed = ({answered, loss}: SilenceEvidence, tries: number): number =>
	(answered + UNSEEN_PORTS) * loss ** tries;

/**
 * Tries that a silent port gets, so that no more than `1 - confidence` of the ports are expected to be missed: at
 * least two, since one loss is no news, and no more than the cap on retries allows.
 */
export const triesNeeded = (evidence: SilenceEvidence, {confidence, maxRetries}: ConfidenceGoal): number => {
	const bound = (1 - confidence) * evidence.ports;
	const needed = Math.log(bound / (evidence.answered + UNSEEN_PORTS)) / Math.log(evidence.loss);
	return Math.min(Math.max(2, Math.ceil(needed)), maxRetries + 1);
};
