import {useLab} from '../lab/use-lab.ts';
import {labCompliance, prepareLab} from './lab-compliance.ts';

const labTest = useLab(prepareLab);

labCompliance(labTest, 'connect', 'on the link');
labCompliance(labTest, 'connect', 'behind a router');
labCompliance(labTest, 'connect', 'behind a router, IPv6');
