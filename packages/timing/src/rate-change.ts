/** Why a rate changes. */
export type RateChange =
	/** Answers come as they should: start-up goes on. */
	| 'start-up'
	/** Nothing answers, and nothing says that this is too fast. */
	| 'blind growth'
	/** Fewer answers than at lower rates. */
	| 'loss'
	/** Answers come late: a queue grows. */
	| 'queue'
	/** Something was lost on our own side. */
	| 'own loss'
	/** The queue is gone. */
	| 'drained'
	/** Trying whether there is more. */
	| 'probing'
	/** Trying whether a lower rate loses less, and what came of it. */
	| 'trial'
	| 'trial ended'
	/** What was taken for lost came late: the rate was cut by mistake. */
	| 'late answers'
	/** A lower rate did not help, so the rate was not the cause. */
	| 'no relief';

/** What is lost may be another share after these changes of the rate. */
export const ENDS_SPAN: ReadonlySet<RateChange> = new Set<RateChange>([
	'loss',
	'queue',
	'own loss',
	'drained',
	'probing',
	'trial',
	'trial ended',
	'late answers',
	'no relief',
]);
