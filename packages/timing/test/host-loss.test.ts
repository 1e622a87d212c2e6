import {micros} from '@halfopen/model';
import test from 'ava';
import {type GroupLoss, HostLoss} from '../src/host-loss.ts';
import {LossAmongHosts} from '../src/loss-among-hosts.ts';
import {LossEstimate} from '../src/loss-estimate.ts';

const groupLoss = (): GroupLoss => ({loss: new LossEstimate(), lossAmongHosts: new LossAmongHosts()});

const NOW = micros(0);

/** So many ports answer, after so many tries were lost. */
const answer = (host: HostLoss, lost: number, ports: number): void => {
	for (let port = 0; port < ports; port++) {
		let history = host.withTry(undefined);
		for (let count = 0; count < lost; count++) {
			history = host.withTry(history);
		}

		host.onAnswer(history, lost, NOW);
	}
};

test('a try of a host counts for all hosts as well', t => {
	const group = groupLoss();
	const [one, other] = [new HostLoss(group), new HostLoss(group)];
	answer(one, 1, 10);
	answer(other, 0, 20);
	t.deepEqual(one.estimate.outcome, {probes: 20, answers: 10});
	t.deepEqual(group.loss.outcome, {probes: 40, answers: 30});
});

test('what was sent before the rate changed counts for the span of that time, of the host and of all', t => {
	const group = groupLoss();
	const host = new HostLoss(group);
	const early = host.withTry(undefined);
	const [hostSpan, groupSpan] = [host.estimate.current, group.loss.current];
	group.loss.restart();
	const late = host.withTry(early);
	t.not(host.estimate.current, hostSpan);
	host.onAnswer(late, 1, NOW);
	t.is(hostSpan.lost, 1);
	t.is(groupSpan.lost, 1);
	t.deepEqual(host.estimate.current.outcome, {probes: 1, answers: 1});
	t.deepEqual(group.loss.current.outcome, {probes: 1, answers: 1});
});

test('canaries that were lost count with the next answer, and not before', t => {
	const group = groupLoss();
	const host = new HostLoss(group);
	const canary = host.withTry(undefined);
	host.onCanaryLost(canary);
	host.onCanaryLost(canary);
	t.is(group.loss.measured, undefined);
	answer(host, 0, 1);
	t.is(group.loss.measured, 2 / 3);
	answer(host, 0, 1);
	t.is(group.loss.measured, 2 / 4);
});

test('ports that had one try share a history', t => {
	const host = new HostLoss(groupLoss());
	t.is(host.withTry(undefined), host.withTry(undefined));
	host.beginSpan();
	t.is(host.withTry(undefined), host.withTry(undefined));
});
