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
	/** Tries that a silent port had, and the chance that all of them were lost though it would answer. */
	readonly tries: number;
	readonly doubt: number;
}

/** A host of which no port answered may still have one: half a port stands for that. */
const UNSEEN_PORTS = 0.5;

/** Tries that a silent port gets at least: one loss is no news. */
const LEAST_TRIES = 2;

/**
 * Ports of a host that would have answered and are called silent: of the ports that answer, those of which every try
 * was lost.
 */
export const expectedMissed = ({answered, doubt}: Pick<SilenceEvidence, 'answered' | 'doubt'>): number =>
	(answered + UNSEEN_PORTS) * doubt;

/**
 * Whether a silent port had its tries: no more than `1 - confidence` of the ports are expected to be missed, or the cap
 * on retries allows no more.
 */
export const isSilenceProven = (
	evidence: SilenceEvidence,
	{confidence, maxRetries}: ConfidenceGoal,
): boolean =>
	evidence.tries > maxRetries ||
	(evidence.tries >= LEAST_TRIES && expectedMissed(evidence) <= (1 - confidence) * evidence.ports);

/** Tries that a silent port gets when the loss is the same all the time. */
export const triesNeeded = (
	{answered, ports, loss}: Pick<SilenceEvidence, 'answered' | 'ports'> & {readonly loss: number},
	{confidence, maxRetries}: ConfidenceGoal,
): number => {
	const bound = (1 - confidence) * ports;
	const needed = Math.log(bound / (answered + UNSEEN_PORTS)) / Math.log(loss);
	return Math.min(Math.max(LEAST_TRIES, Math.ceil(needed)), maxRetries + 1);
};
